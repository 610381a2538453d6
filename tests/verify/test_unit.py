"""Units: kernels of one name side by side, and whom a compiler complains about."""

from warpsmith.verify.unit import Part, complaints, cuda_unit, entry_point, unit

TEXT = """struct wp_args_k {};
static void k_cpu_kernel_backward(
    wp_args_k *_wp_args,
    wp_args_k *_wp_adj_args)
{
    wp::float32 adj_a = _wp_adj_args->a;
    return;
}
WP_API void k_cpu_forward(wp_args_k *a)
{
}
WP_API void k_cpu_backward(wp_args_k *a)
{
}
"""
BACKWARD = TEXT[TEXT.index("static") : TEXT.index("WP_API")]


def test_every_kernel_has_a_namespace_and_entry_points_of_its_own() -> None:
    text = unit("// preamble\n", [Part(3, TEXT), Part(4, TEXT)])
    assert text.startswith("// preamble\n")
    for number in (3, 4):
        assert f"namespace kernel_{number} {{" in text
        for name in (entry_point(number), entry_point(number, adjoint=True)):
            assert f"static __attribute__((noinline)) void {name}_filled(wp_args_k *a)\n{{" in text
            assert f'extern "C" WP_API void {name}(wp_args_k *a) {{ warpsmith_fill(); {name}_filled(a); }}' in text


def test_an_adjoint_that_is_only_checked_has_no_entry_point() -> None:
    text = unit("", [Part(3, TEXT, checked=True)])
    assert f"void {entry_point(3)}(" in text
    assert f"void {entry_point(3, adjoint=True)}(" not in text
    assert f"void {entry_point(3, adjoint=True)}_filled(" in text


def test_sums_of_plain_adjoints_are_kept_behind_the_arguments() -> None:
    text = unit("", [Part(0, TEXT, BACKWARD, (("a",), ("s", "b")))])
    assert "auto* warpsmith_sums = _wp_adj_args + 1;" in text
    assert "warpsmith_sums->a = wp::add(warpsmith_sums->a, adj_a);" in text
    assert "warpsmith_sums->s.b = wp::add(warpsmith_sums->s.b, adj_s.b);\n    return;" in text


def test_the_twin_is_of_float64() -> None:
    text = unit("", [Part(0, "wp::float32 a; wp::vec_t<3, wp::float16> b; wp::adj_float32(a); f(wp::vec2f, c);")], True)
    assert "wp::float64 a; wp::vec_t<3, wp::float64> b; wp::adj_float64(a); f(wp::vec2d, c);" in text


def test_complaints_name_the_kernel() -> None:
    message = (
        "kernel_7:12:3: error: no member named 'x'\nkernel_7:13:3: error: another\n"
        "/native/tile.h:9:1: error: no matching function\nkernel_2:345:5: note: in instantiation of\n"
        "/native/tile.h:9:1: note: kernel_9:1:1: candidate\nkernel_5(20): error: identifier is undefined\n"
    )
    assert complaints(message) == {
        7: "error: no member named 'x'",
        2: "error: no matching function",
        5: "error: identifier is undefined",
    }


def test_cuda_kernels_are_their_own_entry_points() -> None:
    text = cuda_unit("", [Part(1, 'extern "C" __global__ void k_cuda_kernel_forward(')])
    assert f"void {entry_point(1)}(" in text
