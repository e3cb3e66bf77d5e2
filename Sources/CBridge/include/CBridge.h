#ifndef CBRIDGE_H
#define CBRIDGE_H
#include "vh_fold.h"
#include "vh_host.h"
#include "vh_limits.h"
#include "vh_json.h"
#include "vh_native.h"
#include "vh_random.h"
#include "vh_recommend.h"
#include "vh_sandbox.h"
#include "vh_title.h"
#include "vh_sketch.h"
#include "vh_tables.h"
#endif
