"""Times xgboost and scikit-learn on the rows that bench/trees.ts wrote: python3 trees.py <folder>

Reads folder/tasks.json, prints one JSON object: versions, and the median seconds of each measurement by number of threads.
"""
import json
import statistics
import sys
import time
from pathlib import Path

import numpy
import sklearn
from sklearn.ensemble import GradientBoostingRegressor, RandomForestRegressor

try:
    import xgboost
except ImportError:
    xgboost = None

folder = Path(sys.argv[1])
tasks = json.loads((folder / "tasks.json").read_text())


def seconds(action, repeats):
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def boosting(threads):
    if xgboost is not None:
        return xgboost.XGBRegressor(n_estimators=1000, max_depth=20, tree_method="exact", n_jobs=threads)
    return GradientBoostingRegressor(n_estimators=1000, max_depth=20, learning_rate=0.3)


def forest(threads):
    return RandomForestRegressor(1000, max_depth=10, n_jobs=threads)


results = []
for task in tasks:
    features = numpy.fromfile(folder / task["features"], numpy.float32).reshape(-1, task["columns"])
    labels = numpy.fromfile(folder / task["labels"], numpy.float64)
    for rows in task["trainSizes"]:
        train, target = features[:rows], labels[:rows]
        for predictor, create in [("gradient-boosting", boosting), ("random-forest", forest)]:
            slow = predictor == "random-forest" and len(features) > 100_000
            for threads in [1, 2]:
                model = create(threads)
                fit = seconds(lambda: model.fit(train, target), 3)
                rank = seconds(lambda: model.predict(features), 1 if slow else 3)
                result = {"space": task["space"], "predictor": predictor, "rows": rows, "threads": threads}
                results.append({**result, "fit": fit, "rank": rank})
                print(result, file=sys.stderr, flush=True)

versions = {"scikit-learn": sklearn.__version__, "xgboost": xgboost.__version__ if xgboost else None}
print(json.dumps({"versions": versions, "results": results}))
