"""What Pillow makes of some pictures that get another size. Writes pillow.json, which the tests read:

    apt-get install python3-pil python3-numpy
    /usr/bin/python3 tests/NetGen.Data.Tests/Images/Oracle/pillow.py

The pictures are 32-bit floats (mode F), one channel at a time, so that nothing is rounded to bytes.
"""
import json
import os

import numpy as np
import PIL
from PIL import Image

random = np.random.default_rng(16)


def resized(height, width, channels, new_height, new_width):
    pixels = random.random((height, width, channels), dtype=np.float32)
    planes = [np.asarray(Image.fromarray(np.ascontiguousarray(pixels[:, :, c])).resize((new_width, new_height), Image.BILINEAR)) for c in range(channels)]
    return {
        "name": f"{height}x{width}x{channels} to {new_height}x{new_width}", "from": [height, width, channels], "to": [new_height, new_width],
        "pixels": [float(x) for x in pixels.ravel()], "resized": [float(x) for x in np.stack(planes, axis=2).ravel()],
    }


oracle = {
    "versions": {"pillow": PIL.__version__, "numpy": np.__version__},
    "resize": [
        resized(9, 7, 1, 4, 3),       # smaller, by factors that are not whole
        resized(12, 8, 3, 3, 4),      # by whole ones
        resized(4, 5, 1, 11, 8),      # larger
        resized(6, 10, 3, 9, 4),      # higher and narrower
        resized(1, 6, 1, 3, 2),       # of one row
        resized(13, 13, 1, 1, 1),     # the mean of all
        resized(5, 5, 4, 5, 2),       # one side stays
    ],
}
with open(os.path.join(os.path.dirname(__file__), "pillow.json"), "w", newline="\n") as file:
    json.dump(oracle, file, separators=(",", ":"), allow_nan=False)
    file.write("\n")
