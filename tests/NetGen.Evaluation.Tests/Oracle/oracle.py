"""What scikit-learn, SciPy and NLTK say of some inputs. Writes oracle.json, which the tests read:

    apt-get install python3-sklearn python3-nltk
    /usr/bin/python3 tests/NetGen.Evaluation.Tests/Oracle/oracle.py

All inputs are 32-bit floats, and the measures get them as 64-bit ones, as those of NetGen.Metrics do.
"""
import json
import os
import warnings

import nltk
import numpy as np
import sklearn
import sklearn.calibration as calibration
import sklearn.metrics as m
from nltk.translate import bleu_score
from scipy import stats

warnings.simplefilter("ignore")  # what is undefined is 0 or NaN here, and the tests say which
EPS = float(np.finfo(np.float32).eps)


def floats(values):
    return [float(x) for x in np.asarray(values, np.float64).ravel()]


def number(value):
    value = float(value)
    return value if np.isfinite(value) else str(value)


def binary(name, scores, labels):
    p = np.asarray(scores, np.float32).astype(np.float64)
    y = np.asarray(labels)
    fpr, tpr, roc = m.roc_curve(y, p, drop_intermediate=False)
    precision, recall, pr = m.precision_recall_curve(y, p)
    taken = (p >= 0.5).astype(int)
    both = set(y.tolist()) == {0, 1}
    result = {
        "name": name, "scores": floats(p), "labels": y.tolist(),
        "fpr": [number(x) for x in fpr], "tpr": [number(x) for x in tpr], "roc_thresholds": floats(roc)[1:],
        "auc": number(m.roc_auc_score(y, p)) if both else "nan",
        "precision": floats(precision), "recall": floats(recall), "pr_thresholds": floats(pr),
        "pr_auc": number(m.auc(recall, precision)) if both else "nan",
        "average_precision": number(m.average_precision_score(y, p)) if y.any() else "nan",
        "log_loss": number(m.log_loss(y, p, eps=EPS, labels=[0, 1])),
        "brier": number(m.brier_score_loss(y, p, pos_label=1)),
        "kappa": number(m.cohen_kappa_score(y, taken, labels=[0, 1])), "matthews": number(m.matthews_corrcoef(y, taken)),
        "best_f1": number(max(m.f1_score(y, (p >= t).astype(int), zero_division=0) for t in np.unique(p))),
        "at_half": [number(x) for x in m.precision_recall_fscore_support(y, taken, average="binary", zero_division=0)[:3]],
        "accuracy": number(m.accuracy_score(y, taken)), "best_youden": number(np.max(tpr - fpr)) if both else "nan",
        "calibration": {},
    }
    for bins in (5, 10):
        for strategy in ("uniform", "quantile"):
            true, pred = calibration.calibration_curve(y, p, n_bins=bins, strategy=strategy)
            result["calibration"][f"{strategy} {bins}"] = {"observed": floats(true), "predicted": floats(pred)}
        # The definition of Guo et al. 2017 with NumPy: scikit-learn has none.
        bin_of = np.clip(np.ceil(p * bins).astype(int) - 1, 0, bins - 1)
        result[f"ece {bins}"] = float(sum(
            abs(y[bin_of == b].mean() - p[bin_of == b].mean()) * (bin_of == b).mean() for b in range(bins) if (bin_of == b).any()))
        result[f"mce {bins}"] = float(max(abs(y[bin_of == b].mean() - p[bin_of == b].mean()) for b in range(bins) if (bin_of == b).any()))
    return result


def classes(name, scores, labels, count):
    p = np.asarray(scores, np.float32).reshape(-1, count).astype(np.float64)
    y = np.asarray(labels)
    taken = p.argmax(axis=1)
    one_hot = np.eye(count)[y]
    there = len(set(y.tolist())) == count
    result = {
        "name": name, "classes": count, "scores": floats(p), "labels": y.tolist(),
        "confusion": m.confusion_matrix(y, taken, labels=range(count)).ravel().tolist(),
        "accuracy": number(m.accuracy_score(y, taken)), "balanced_accuracy": number(m.balanced_accuracy_score(y, taken)),
        "kappa": {w or "none": number(m.cohen_kappa_score(y, taken, weights=w, labels=range(count))) for w in (None, "linear", "quadratic")},
        "matthews": number(m.matthews_corrcoef(y, taken)),
        "top_k": {str(k): number(m.top_k_accuracy_score(y, p, k=k, labels=range(count))) for k in range(1, count) if count > 2},
        "log_loss": number(m.log_loss(y, p, eps=EPS, labels=range(count))),
        "brier": number(((p - one_hot) ** 2).sum(axis=1).mean()),
        "averages": {a: [number(x) for x in m.precision_recall_fscore_support(y, taken, average=a, zero_division=0)[:3]]
                     for a in ("micro", "macro", "weighted")},
        "each": [[number(x) for x in row] for row in zip(*m.precision_recall_fscore_support(y, taken, labels=range(count), zero_division=0))],
        "cross_entropy": floats(-np.log(p[np.arange(len(y)), y])),
        "perplexity": number(np.exp(m.log_loss(y, p, eps=EPS, labels=range(count)))),
    }
    if there and count > 2:
        result["auc"] = {a: number(m.roc_auc_score(y, p, multi_class="ovr", average=a)) for a in ("micro", "macro", "weighted")}
    return result


def regression(name, predicted, actual, outputs=1):
    p = np.asarray(predicted, np.float32).astype(np.float64).reshape(-1, outputs)
    y = np.asarray(actual, np.float32).astype(np.float64).reshape(-1, outputs)
    return {
        "name": name, "outputs": outputs, "predicted": floats(p), "actual": floats(y),
        "mae": number(m.mean_absolute_error(y, p)), "rmse": number(m.mean_squared_error(y, p, squared=False)),
        "mape": number(m.mean_absolute_percentage_error(y, p)), "r2": number(m.r2_score(y, p)), "max": number(np.abs(p - y).max()),
    }


def slices(scores, labels, groups):
    p, y, g = np.asarray(scores, np.float32).astype(np.float64), np.asarray(labels), np.asarray(groups)
    return {
        "scores": floats(p), "labels": y.tolist(), "groups": g.tolist(),
        "auc": {str(k): number(m.roc_auc_score(y[g == k], p[g == k])) for k in np.unique(g)},
        "accuracy": {str(k): number(m.accuracy_score(y[g == k], p[g == k] >= 0.5)) for k in np.unique(g)},
    }


def interval(name, scores, labels, measure):
    p, y = np.asarray(scores, np.float32).astype(np.float64), np.asarray(labels)
    drawn = stats.bootstrap(
        (p, y), lambda p, y: measure(y, p), paired=True, vectorized=False, method="percentile", n_resamples=10000, random_state=np.random.default_rng(7))
    return {"name": name, "scores": floats(p), "labels": y.tolist(), "low": number(drawn.confidence_interval.low),
            "high": number(drawn.confidence_interval.high), "error": number(drawn.standard_error), "draws": 10000}


def two_samples(name, before, now):
    a, b = np.asarray(before, np.float32).astype(np.float64), np.asarray(now, np.float32).astype(np.float64)
    return {"name": name, "before": floats(a), "now": floats(b), "ks": number(stats.ks_2samp(a, b).statistic)}


def bleu(name, predicted, references):
    words = [p.split() for p in predicted]
    people = [[r.split() for r in rs] for rs in references]
    return {
        "name": name, "predicted": words, "references": people,
        "bleu": bleu_score.corpus_bleu(people, words), "bleu2": bleu_score.corpus_bleu(people, words, weights=(0.5, 0.5)),
        "smooth": bleu_score.corpus_bleu(people, words, smoothing_function=bleu_score.SmoothingFunction().method2),
    }


random = np.random.default_rng(14)
n = 200
truth = random.integers(0, 2, n)
logits = random.normal(size=n) * 1.5 + 1.2 * (truth * 2 - 1)
p = 1 / (1 + np.exp(-logits))


def softmax(count, rows, labels, sharp):
    z = random.normal(size=(rows, count)) + sharp * np.eye(count)[labels]
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True)).astype(np.float32)


four = random.integers(0, 4, 150)
skewed = np.where(random.random(120) < 0.8, 0, random.integers(0, 3, 120))
missing = random.integers(0, 2, 40)
x = random.normal(size=90) * 3 + 1
later = np.random.default_rng(15)  # one of its own, so that what was there before stays as it is
cells = [("kitten", "sitting"), ("", "abc"), ("abc", ""), ("", ""), ("flaw", "lawn"), ("intention", "execution"), ("same", "same"), ("aaaa", "aa")]

oracle = {
    "versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__, "nltk": nltk.__version__},
    "binary": [
        binary("continuous", p, truth),
        binary("ties", np.round(p, 1), truth),
        binary("all scores equal", np.full(20, 0.5), truth[:20]),
        binary("separable", [0.1, 0.2, 0.6, 0.9], [0, 0, 1, 1]),
        binary("reversed", [0.9, 0.8, 0.3, 0.1], [0, 0, 1, 1]),
        binary("certain", [0, 1, 1, 0, 0.25], [0, 1, 0, 1, 1]),
        binary("few positives", random.random(100), (random.random(100) < 0.05).astype(int) | (np.arange(100) == 3)),
    ],
    "classes": [
        classes("four", softmax(4, 150, four, 1.5), four, 4),
        classes("skewed", softmax(3, 120, skewed, 0.7), skewed, 3),
        classes("a class that is not there", softmax(3, 40, missing, 2.0), missing, 3),
        classes("two", softmax(2, 60, four[:60] % 2, 1.0), four[:60] % 2, 2),
    ],
    "regression": [
        regression("noisy", x + random.normal(size=90), x),
        regression("right", x, x),
        regression("the mean", np.full(90, x.mean()), x),
        regression("constant truth, wrong", [1, 2, 3], [2, 2, 2]),
        regression("constant truth, right", [2, 2, 2], [2, 2, 2]),
        regression("zeros in the truth", [0.5, 1.5, -1], [0, 1, -1]),
        regression("three outputs", random.normal(size=60), random.normal(size=60), 3),
    ],
    "slices": slices(p, truth, np.arange(n) % 3),
    "intervals": [
        interval("area", p, truth, m.roc_auc_score),
        interval("accuracy", p, truth, lambda y, p: m.accuracy_score(y, p >= 0.5)),
        interval("brier", p, truth, m.brier_score_loss),
    ],
    "two_samples": [
        two_samples("of whole numbers", later.integers(0, 6, 200), later.integers(0, 5, 70)),
        two_samples("shifted", later.normal(size=150), later.normal(size=90) + 0.7),
        two_samples("outside", later.normal(size=40), later.normal(size=20) * 5),
    ],
    "edit_distance": [[a, b, nltk.edit_distance(a, b)] for a, b in cells],
    "bleu": [
        bleu("one", ["the cat is on the red mat"], [["the cat is on the mat", "there is a cat on the red mat"]]),
        bleu("short", ["the cat sat on mats"], [["the cat sat on the long mat today", "on the mat sat the cat all day long"]]),
        bleu("two", ["it is a guide to action which ensures that the military always obeys the commands of the party", "he read the book because he was interested in world history"],
             [["it is a guide to action that ensures that the military will forever heed party commands", "it is the guiding principle which guarantees the military forces always being under the command of the party"],
              ["he was interested in world history because he read the book"]]),
        bleu("repeated", ["the the the the the the the"], [["the cat is on the mat"]]),
        bleu("nothing", ["a b c d e"], [["f g h i j"]]),
    ],
}
with open(os.path.join(os.path.dirname(__file__), "oracle.json"), "w", newline="\n") as file:
    json.dump(oracle, file, separators=(",", ":"), allow_nan=False)
    file.write("\n")
