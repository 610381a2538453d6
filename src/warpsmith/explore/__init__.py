"""`warpsmith explore`: a kernel that is typed or pasted into a page, and at once the code of every target beside it.

What is pasted is run. Two things stand between that and harm: `guard`, which lets nobody in but the page that was
opened, and `keeper`, which runs each text in a process of its own, with limits, and lets nothing of it live on.

    page ─► guard ─► app ─► desk ─► runner ─► template ─► keeper ─► child ─► executing

`answers` is the interface to the page. docs/explore.md says what holds and what does not.
"""
