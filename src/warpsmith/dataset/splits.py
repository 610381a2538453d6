import numpy as np


def assigned(leaders, fingerprints, shares):
    out = np.zeros(len(leaders), np.uint8)
    if len(out)<20: return out
    out[(fingerprints[leaders][:, 0] % 20) == 0] = 1
    out[(fingerprints[leaders][:, 0] % 20) == 1] = 2
    return out
