"""The figures that there are, one line each, in the order in which a page shows them."""

from warpsmith.plots.figure import Figure
from warpsmith.plots.figures.categories import draw_categories, draw_levels
from warpsmith.plots.figures.language import draw_builtins, draw_coverage, draw_features
from warpsmith.plots.figures.people import draw_against, draw_people
from warpsmith.plots.figures.proofs import draw_verdicts
from warpsmith.plots.figures.splits import draw_splits
from warpsmith.plots.figures.texts import draw_expansion, draw_lengths, draw_targets

FIGURES = (
    Figure("categories", "Categories", "How many kernels each category has, by level of complexity.", draw_categories),
    Figure("levels", "Levels", "How many kernels there are of each level of complexity.", draw_levels),
    Figure(
        "splits",
        "Splits",
        "How many kernels, shapes and clusters of near-duplicates, and kernels by split.",
        draw_splits,
    ),
    Figure(
        "verdicts", "Verdicts", "For each verdict, how many kernels passed, failed and were not checked.", draw_verdicts
    ),
    Figure(
        "coverage", "Coverage of Warp", "How many of Warp's builtins and overloads are called, by group.", draw_coverage
    ),
    Figure(
        "builtins", "Builtins", "The builtins of Warp that most kernels call, with the share of kernels.", draw_builtins
    ),
    Figure("features", "Statement forms", "The statement forms and features that most kernels have.", draw_features),
    Figure("lengths", "Lengths", "How many lines the Python has, and the code that Warp makes of it.", draw_lengths),
    Figure(
        "expansion", "Expansion", "How many characters of generated code there are for one of Python.", draw_expansion
    ),
    Figure(
        "targets", "CPU beside CUDA", "How many lines of generated code are the same for CPU and CUDA.", draw_targets
    ),
    Figure("people", "Beside people's kernels", "Lengths of kernels, and calls, beside those of people.", draw_people),
    Figure("against", "Distance", "How far the kernels are from others in syntax and calls, in bits.", draw_against),
)
