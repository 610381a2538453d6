"""The forms that statements are written in. A new form is one file here and one line in `FORMS`."""

from warpsmith.synth.form import Form
from warpsmith.synth.statements import assign, atomic, augment, branch, early_return, function, loop, nest, select

FORMS: dict[str, Form] = {
    form.name: form
    for form in (
        assign.FORM,
        augment.FORM,
        select.FORM,
        branch.BRANCH,
        branch.CHAIN,
        loop.CONSTANT,
        loop.RUNTIME,
        loop.WHILE,
        nest.FORM,
        early_return.FORM,
        atomic.FORM,
        function.FORM,
    )
}

__all__ = ["FORMS"]
