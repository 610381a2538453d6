"""An image filter: a Gaussian blur as two passes of one kernel, which a factory makes for each width."""

import math

import numpy as np
import warp as wp


def make_blur(radius: int) -> wp.Kernel:
    """Return a kernel that blurs along one axis with a window of ``2 * radius + 1`` pixels."""
    sigma = max(radius / 2.0, 1.0e-3)
    weights = [math.exp(-0.5 * (k / sigma) ** 2) for k in range(-radius, radius + 1)]
    total = sum(weights)
    Window = wp.types.vector(length=2 * radius + 1, dtype=wp.float32)  # noqa: N806 - a type
    window = Window(*[weight / total for weight in weights])

    @wp.kernel
    def blur(image: wp.array2d[float], along_x: int, out: wp.array2d[float]):
        y, x = wp.tid()
        total = float(0.0)
        for k in range(-radius, radius + 1):
            # beyond the edge the image goes on as it ends
            row = wp.clamp(y + k * (1 - along_x), 0, image.shape[0] - 1)
            column = wp.clamp(x + k * along_x, 0, image.shape[1] - 1)
            total += window[k + radius] * image[row, column]
        out[y, x] = total

    return blur


def blurred(image: np.ndarray, radius: int) -> np.ndarray:
    """Return a blurred image: along the rows, then along the columns."""
    blur = make_blur(radius)
    source = wp.array(image.astype(np.float32))
    between, out = wp.zeros_like(source), wp.zeros_like(source)
    wp.launch(blur, image.shape, inputs=[source, 1], outputs=[between])
    wp.launch(blur, image.shape, inputs=[between, 0], outputs=[out])
    return out.numpy()


def main() -> None:
    """Blur a white dot: its light is spread, none is lost."""
    wp.config.log_level = wp.LOG_WARNING
    image = np.zeros((33, 33))
    image[16, 16] = 1.0
    for radius in (1, 4):
        result = blurred(image, radius)
        assert abs(result.sum() - 1.0) < 1.0e-5
        print(f"radius {radius}: brightest pixel {result.max():.4f}, light {result.sum():.4f}")


if __name__ == "__main__":
    main()
