import numpy as np


class KeysFile:
    def __init__(self):
        self.f = []
        self.b = []
        self.s = []

    def append(self, fp, sk):
        self.f.append((int(fp[:16], 16), int(fp[16:], 16)))
        self.b.append(sk.bands)
        self.s.append(sk.shingles)

    def write(self, path):
        o = np.cumsum([0] + [len(x) for x in self.s])
        with open(path, "wb") as f:
            np.savez(f, f=np.array(self.f, np.uint64), b=np.array(self.b, np.uint64), s=np.concatenate(self.s), o=o)


class Keys:
    @classmethod
    def open(cls, path):
        z = np.load(path)
        k = cls()
        k.fingerprints = z["f"]
        k.bands = z["b"]
        k.s = z["s"]
        k.o = z["o"]
        return k

    def shingles(self, row):
        return self.s[self.o[row] : self.o[row + 1]]
