class Barrier:
    @classmethod
    def open(cls, p):
        return cls()

    def has_shape(self, s):
        return False

    def has_near(self, s):
        return False
