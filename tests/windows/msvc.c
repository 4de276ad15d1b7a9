/* A program that needs the library and nothing else: for compilers and linkers without an SDK. */
#include "TIMCloud.h"

#ifdef __cplusplus
extern "C"
#endif
__declspec(dllimport) void __stdcall ExitProcess(unsigned int code);

static int check(void) {
    static const char key[] = "message_elem_array";
    int i = 0;
    /* A constant of the headers, a function with each kind of result, and the address of one. */
    while (kTIMMsgElemArray[i] != '\0' && kTIMMsgElemArray[i] == key[i]) i++;
    if (key[i] != '\0') return 2;
    if (TIMGetSDKVersion()[0] == '\0') return 3;
    int (*init)(uint64_t, const char*) = TIMInit;
    if (init(0, "{}") != TIM_ERR_PARAM) return 4;
    return TIMUninit();
}

int start(void);

/* As the runtime of C does when main returns: the end of the first thread alone is not that of the process, which has those of the library. */
int start(void) {
    ExitProcess((unsigned int)check());
    return 0;
}
