#include <cblas.h>

// OpenBLAS is built with LAPACK's Fortran functions, whose arguments are all addresses.

void spotrf_(const char *uplo, const int *n, float *a, const int *lda, int *info);
void spotri_(const char *uplo, const int *n, float *a, const int *lda, int *info);
