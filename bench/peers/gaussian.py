"""Times scikit-learn's Gaussian processes on the rows that bench/gaussian.ts wrote: python3 gaussian.py <folder>

Reads folder/tasks.json, prints one JSON object: version, and the median milliseconds of each measurement.
"""
import os

for name in ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"]:
    os.environ[name] = "1"
import json
import statistics
import sys
import time
import warnings
from pathlib import Path

import numpy
import scipy.optimize
import sklearn
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel

warnings.filterwarnings("ignore")
folder = Path(sys.argv[1])
tasks = json.loads((folder / "tasks.json").read_text())
rows = numpy.fromfile(folder / "rows", numpy.float64).reshape(-1, tasks["columns"])
labels = numpy.fromfile(folder / "labels", numpy.float64)


def optimise(objective, start, bounds):
    found = scipy.optimize.minimize(
        objective, start, jac=True, bounds=bounds, method="L-BFGS-B", options={"maxfun": tasks["evaluations"]}
    )
    return found.x, found.fun


results = []
for observations in tasks["sizes"]:
    # As many kernels, and so parameters, as there are groups of columns on the other side.
    kernel = WhiteKernel(0.05)
    for length in [0.7, 1.0, 1.4]:
        kernel = kernel + ConstantKernel(1 / 3) * RBF(length)
    process = GaussianProcessRegressor(kernel, alpha=1e-8, optimizer=optimise)
    fits, predicts = [], []
    for _ in range(1 if observations > 500 else 4):
        start = time.perf_counter()
        process.fit(rows[:observations], labels[:observations])
        fits.append(1000 * (time.perf_counter() - start))
        start = time.perf_counter()
        for first in range(0, len(rows), 2000):
            process.predict(rows[first : first + 2000], return_std=True)
        predicts.append(1000 * (time.perf_counter() - start))
    result = {"observations": observations, "fit": statistics.median(fits), "predict": statistics.median(predicts)}
    results.append({**result, "mean": 0})
    print(result, file=sys.stderr, flush=True)
print(json.dumps({"version": sklearn.__version__, "results": results}))
