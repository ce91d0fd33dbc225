"""Times scikit-learn's MLPRegressor on the rows that bench/mlp.ts wrote: python3 mlp.py <folder>

Reads folder/tasks.json and prints one JSON object: the version, and the median seconds of each task by number of threads and bits.
"""

import json
import statistics
import sys
import time
import warnings
from pathlib import Path

import numpy
import sklearn
from sklearn.neural_network import MLPRegressor
from threadpoolctl import threadpool_limits

warnings.filterwarnings("ignore")
folder = Path(sys.argv[1])
given = json.loads((folder / "tasks.json").read_text())
spaces = {}
for space in given["spaces"]:
    features = numpy.fromfile(folder / (space["name"] + ".features"), numpy.float32).reshape(-1, space["columns"])
    spaces[space["name"]] = features, numpy.fromfile(folder / (space["name"] + ".labels"), numpy.float64)


def measure(task, kind):
    features, labels = spaces[task["space"]]
    features, labels = features.astype(kind), labels.astype(kind)
    samples, fits, ranks = task["samples"], [], []
    for _ in range(task["repeats"]):
        models = [
            MLPRegressor(
                (task["width"],) * task["layers"],
                max_iter=task["epochs"],
                n_iter_no_change=task["epochs"],
                random_state=member,
            )
            for member in range(task["members"])
        ]
        start = time.perf_counter()
        for model in models:
            model.fit(features[:samples], labels[:samples])
        fitted = time.perf_counter()
        for model in models:
            model.predict(features)
        fits.append(fitted - start)
        ranks.append(time.perf_counter() - fitted)
    return {"fit": statistics.median(fits), "rank": statistics.median(ranks)}


results = []
for task in given["tasks"]:
    for bits, kind in [(64, numpy.float64), (32, numpy.float32)]:
        for threads in [1, 2]:
            with threadpool_limits(threads):
                result = {"name": task["name"], "threads": threads, "bits": bits, **measure(task, kind)}
            results.append(result)
            print(result, file=sys.stderr, flush=True)

print(json.dumps({"version": sklearn.__version__, "results": results}))
