"""Coverage of Warp by group of its documentation."""

from warpsmith.dataset.coverage import by_group, coverage


def test_groups_add_up_to_the_whole() -> None:
    covered = coverage(["sin", "dot"], ["sin(float32)", "dot(vec3f,vec3f)"])
    groups = by_group(covered)
    sums = [sum(column) for column in zip(*groups.values(), strict=True)]
    assert sums == [covered.builtins, covered.of_builtins, covered.overloads, covered.of_overloads]
    assert (groups["Scalar Math"].builtins, groups["Vector Math"].builtins, groups["Volumes"].builtins) == (1, 1, 0)
    assert groups["Vector Math"].overloads == 1


def test_what_another_warp_had_is_in_no_group() -> None:
    covered = coverage([], [])
    covered.missing_builtins.append("gone")
    covered.missing_overloads.append("gone(float32)")
    assert by_group(covered) == by_group(coverage([], []))
    assert {row.builtins for row in by_group(covered).values()} == {0}
