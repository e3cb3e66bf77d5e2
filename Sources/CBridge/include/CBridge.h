#ifndef CBRIDGE_H
#define CBRIDGE_H
#include "limits.h"
#endif
