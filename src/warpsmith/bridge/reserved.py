"""Names that a function or struct of generated code must not have: C++ and CUDA mean something else by them."""

from warpsmith.bridge.inside import context

_KEYWORDS = """
alignas alignof and and_eq asm auto bitand bitor bool break case catch char char16_t char32_t char8_t class co_await
co_return co_yield compl concept const const_cast consteval constexpr constinit continue decltype default delete do
double dynamic_cast else enum explicit export extern false float for friend goto if inline int long mutable namespace
new noexcept not not_eq nullptr operator or or_eq private protected public register reinterpret_cast requires return
short signed sizeof static static_assert static_cast struct switch template this thread_local throw true try typedef
typeid typename union unsigned using virtual void volatile wchar_t while xor xor_eq
"""

_LIBRARY = """
abort abs acos acosf acosh acoshf asin asinf asinh asinhf assert atan atan2 atan2f atanf atanh atanhf cbrt cbrtf ceil
ceilf copysign copysignf cos cosf cosh coshf cospi cospif cyl_bessel_i0 cyl_bessel_i1 erf erfc erfcf erfcinv erfcx erff
erfinv exit exp exp10 exp2 exp2f expf expm1 expm1f fabs fabsf fdim fdimf floor floorf fma fmaf fmax fmaxf fmin fminf
fmod fmodf free frexp hypot hypotf ilogb isfinite isinf isnan j0 j1 jn ldexp lgamma lgammaf llrint llround log log10
log10f log1p log1pf log2 log2f logb logf lrint lround main malloc max memcpy memmove memset min modf nan nearbyint
nextafter norm norm3d norm4d normcdf normcdfinv pow powf printf remainder remquo rcbrt rhypot rint rintf rnorm rnorm3d
rnorm4d round roundf rsqrt rsqrtf scalbln scalbn signbit sin sinf sincos sincosf sincospi sinh sinhf sinpi sinpif size_t
sqrt sqrtf tan tanf tanh tanhf tgamma tgammaf trunc truncf y0 y1 yn clock clock64 gridDim blockDim blockIdx threadIdx
warpSize dim3 half
"""

RESERVED: frozenset[str] = frozenset(_KEYWORDS.split()) | frozenset(_LIBRARY.split()) | {*context.builtin_functions}
