/* Keeps the desktop of a Wine in use, so that whoever comes later finds it there. It says so when it is. */
#include <stdio.h>
#include <windows.h>

int main(void) {
    if (GetDesktopWindow() == NULL) return 1;
    puts("The desktop is here.");
    fflush(stdout);
    Sleep(INFINITE);
    return 0;
}
