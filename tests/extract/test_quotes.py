"""Lines of generated functions by the comments that Warp writes into them."""

from warpsmith.extract.lines import map_quotes

FUNCTION = """
// f.py:4
static void adj_f(
    wp::float32 var_x)
{
    //---------
    // primal vars
    wp::float32 var_0;
    //---------
    // forward
    // y = "// adj: <L 9>"                      <L 6>
    var_0 = wp::copy(var_x);
    //---------
    // reverse
    label0:;
    adj_1 += adj_ret;
    // adj: return y                            <L 7>
    wp::adj_copy(var_x, adj_x, adj_0);
    // adj: y = x                               <L 6>
    return;
}
"""


def test_a_comment_is_before_its_code_and_in_the_adjoint_behind_it() -> None:
    mapped = map_quotes(FUNCTION)
    assert mapped.text == FUNCTION
    assert mapped.lines == (*[0] * 10, 6, 6, 0, 0, 7, 7, 7, 6, 6, 0, 0)


def test_no_functions_have_no_lines() -> None:
    assert map_quotes("") == ("", ())
