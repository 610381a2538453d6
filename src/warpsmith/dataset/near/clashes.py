import numpy as np


def clashes(fp):
    seen = set()
    out = []
    for i, x in enumerate(map(tuple, fp.tolist())):
        if x in seen:
            out.append(i)
        seen.add(x)
    return np.array(out, np.int64)
