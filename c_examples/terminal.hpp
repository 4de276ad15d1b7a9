// A terminal for programs in which text arrives while the user types.
//
// The main thread waits in read(). Other threads hand it work with post(); what that work prints appears above the
// line being typed.
#pragma once

#ifdef _WIN32
#include "terminal_windows.hpp"
#else
#include "terminal_posix.hpp"
#endif
