#!/usr/bin/env python3
"""Times PyTorch and JAX on an NVIDIA GPU, on the networks that NetGen is measured with, and writes one JSON like NetGen.Gpu's.

    python3 peers.py --output peers.json [--quick] [--only mlp/128 cnn/128] [--device 0]
    python3 peers.py --list [--only mlp/128]

Peers: pytorch (eager), pytorch-compiled (torch.compile with CUDA graphs, mode="reduce-overhead"), jax (jit). What is not installed, or fails, is listed under
"missing" with the reason. Workloads are called network/batch/pass/precision:

    mlp, cnn           the networks of samples/Mnist; step (forward, loss, backward, Adam) and forward
    tabular            20-512-256-128-1 with dropout and binary cross entropy, of benchmarks/NetGen.Compare; step and forward (without dropout)
    dense-4096-4096    one layer without bias; forward, and the products of its backward pass: backward (dx = dy . W') and weight (dW = x' . dy)
    float32            tf32 off;  tf32: allowed in matrix products and convolutions;  bf16: autocast (PyTorch) or bf16 operands (JAX), float32 weights and moments

Inputs are on the device, and nothing is read from it: NetGen's times, by contrast, include the copies from and to the host. A time is that of many calls between two synchronizations, divided by their number.
"""

import argparse
import datetime
import json
import math
import os
import statistics
import subprocess
import sys
import time

BATCHES = (1, 32, 128, 1024)
PRECISIONS = ("float32", "tf32", "bf16")
NETWORKS = {"mlp": ("step", "forward"), "cnn": ("step", "forward"), "tabular": ("step", "forward"), "dense-4096-4096": ("forward", "backward", "weight")}


def workloads(only):
    """(network, batch, pass, precision) of all that is asked for."""
    found = []
    for network, passes in NETWORKS.items():
        for batch in BATCHES + ((4096,) if network.startswith("dense") else ()):
            for kind in passes:
                for precision in PRECISIONS:
                    name = f"{network}/{batch}/{kind}/{precision}"
                    if not only or any((name + "/").startswith(each.rstrip("/") + "/") for each in only):
                        found.append((network, batch, kind, precision))
    return found


def quantile(values, part):
    """Between neighbours by how near they are, as NetGen.Gpu does."""
    place = part * (len(values) - 1)
    below = math.floor(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (place - below) * (values[above] - values[below])


def measure(call, synchronize, quick):
    """Seconds of a call: the quartiles of several samples, each of as many calls as take some milliseconds."""
    samples, least = (5, 0.002) if quick else (15, 0.02)

    def run(count):
        synchronize()
        start = time.perf_counter()
        for _ in range(count):
            call()
        synchronize()
        return time.perf_counter() - start

    for _ in range(5):  # compilation, autotuning, the capture of graphs
        run(1)
    count = 1
    while run(count) < least and count < 1 << 16:
        count *= 2
    times = sorted(run(count) / count for _ in range(samples))
    return {
        "minimum": times[0],
        "lowerQuartile": quantile(times, 0.25),
        "median": statistics.median(times),
        "upperQuartile": quantile(times, 0.75),
    }


class Torch:
    """PyTorch, eager or compiled."""

    def __init__(self, compiled, device):
        import torch

        if not torch.cuda.is_available():
            raise RuntimeError("this PyTorch sees no GPU")
        self.torch, self.compiled, self.device = torch, compiled, torch.device("cuda", device)
        torch.cuda.set_device(self.device)
        self.version = torch.__version__
        self.gpu = torch.cuda.get_device_name(self.device)
        self.driver = torch.version.cuda

    def synchronize(self):
        self.torch.cuda.synchronize()

    def network(self, name):
        nn = self.torch.nn
        if name == "mlp":
            return nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
        if name == "tabular":
            return nn.Sequential(
                nn.Linear(20, 512), nn.ReLU(), nn.Dropout(0.5), nn.Linear(512, 256), nn.ReLU(), nn.Dropout(0.5),
                nn.Linear(256, 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, 1))
        return nn.Sequential(
            nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(64, 64, 3), nn.ReLU(),
            nn.Flatten(), nn.Linear(576, 64), nn.ReLU(), nn.Linear(64, 10))

    def allow_tf32(self, allowed):
        backends = self.torch.backends
        if hasattr(backends.cuda.matmul, "fp32_precision"):  # since 2.9, which must not be mixed with what follows
            backends.cuda.matmul.fp32_precision = backends.cudnn.conv.fp32_precision = "tf32" if allowed else "ieee"
        else:
            backends.cuda.matmul.allow_tf32 = backends.cudnn.allow_tf32 = allowed

    def prepare(self, network, batch, kind, precision):
        """A call without arguments."""
        torch = self.torch
        torch.manual_seed(1)
        self.allow_tf32(precision == "tf32")
        torch.backends.cudnn.benchmark = True
        if self.compiled:
            torch._dynamo.reset()
        if network.startswith("dense"):
            return self.product(batch, kind, precision)

        def autocast():
            return torch.autocast("cuda", dtype=torch.bfloat16, enabled=precision == "bf16")

        model = self.network(network).to(self.device)
        x = torch.rand(batch, 20, device=self.device) if network == "tabular" else torch.rand(batch, 1, 28, 28, device=self.device)
        if network == "cnn":
            model = model.to(memory_format=torch.channels_last)
            x = x.contiguous(memory_format=torch.channels_last)
        labels = torch.randint(2, (batch, 1), device=self.device).float() if network == "tabular" else torch.randint(10, (batch,), device=self.device)
        if kind == "forward":
            model.eval()

            def forward(x):
                with autocast():
                    return model(x)

            run = torch.compile(forward, mode="reduce-overhead") if self.compiled else forward

            def predict():
                with torch.inference_mode():
                    return run(x)

            return predict

        # The learning rate is so small that the loss stays what it is over all calls.
        optimizer = torch.optim.Adam(model.parameters(), lr=1e-8, fused=True)
        criterion = torch.nn.BCEWithLogitsLoss() if network == "tabular" else torch.nn.CrossEntropyLoss()

        def loss(x, labels):
            with autocast():
                return criterion(model(x), labels)

        forward = torch.compile(loss, mode="reduce-overhead") if self.compiled else loss

        def step():
            if self.compiled:
                torch.compiler.cudagraph_mark_step_begin()
            optimizer.zero_grad(set_to_none=True)
            forward(x, labels).backward()
            optimizer.step()

        return step

    def product(self, batch, kind, precision):
        torch = self.torch
        dtype = torch.bfloat16 if precision == "bf16" else torch.float32
        x, dy = (torch.rand(batch, 4096, device=self.device, dtype=dtype) for _ in range(2))
        weight = torch.rand(4096, 4096, device=self.device, dtype=dtype)
        forms = {
            "forward": (torch.mm, (x, weight)),
            "backward": (lambda dy, weight: torch.mm(dy, weight.t()), (dy, weight)),
            "weight": (lambda x, dy: torch.mm(x.t(), dy), (x, dy)),
        }
        function, operands = forms[kind]
        run = torch.compile(function, mode="reduce-overhead") if self.compiled else function

        def multiply():
            with torch.inference_mode():
                return run(*operands)

        return multiply


class Jax:
    """JAX with jit."""

    def __init__(self, device):
        import jax
        import jax.numpy as jnp

        gpus = [d for d in jax.devices() if d.platform in ("gpu", "cuda")]
        if device >= len(gpus):
            raise RuntimeError("this JAX sees no such GPU")
        self.jax, self.jnp = jax, jnp
        jax.config.update("jax_default_device", gpus[device])
        self.version = jax.__version__
        self.gpu = gpus[device].device_kind
        self.driver = None
        self.last = None

    def synchronize(self):
        if self.last is not None:
            self.jax.block_until_ready(self.last)

    def prepare(self, network, batch, kind, precision):
        jax, jnp = self.jax, self.jnp
        exactness = {"float32": "highest", "tf32": "tensorfloat32", "bf16": "bfloat16"}[precision]
        dtype = jnp.bfloat16 if precision == "bf16" else jnp.float32
        jax.config.update("jax_default_matmul_precision", exactness)
        keys = iter(jax.random.split(jax.random.key(1), 32))

        def normal(*shape):
            return jax.random.normal(next(keys), shape, jnp.float32) * 0.05

        def keep(function, *arguments):
            def call():
                self.last = function(*arguments)

            return call

        if network.startswith("dense"):
            x, dy, weight = (a.astype(dtype) for a in (normal(batch, 4096), normal(batch, 4096), normal(4096, 4096)))
            forms = {"forward": (lambda x, w: x @ w, (x, weight)), "backward": (lambda dy, w: dy @ w.T, (dy, weight)), "weight": (lambda x, dy: x.T @ dy, (x, dy))}
            function, operands = forms[kind]
            return keep(jax.jit(function), *operands)

        def dense(x, p):
            return x.astype(dtype) @ p[0].astype(dtype) + p[1].astype(dtype)

        def conv(x, p):
            y = jax.lax.conv_general_dilated(x.astype(dtype), p[0].astype(dtype), (1, 1), "VALID", dimension_numbers=("NHWC", "HWIO", "NHWC"))
            return jax.nn.relu(y + p[1].astype(dtype))

        def pool(x):
            return jax.lax.reduce_window(x, -jnp.inf, jax.lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")

        def layers(*sizes):
            return [(normal(a, b), jnp.zeros(b)) for a, b in zip(sizes, sizes[1:])]

        if network == "mlp":
            parameters = layers(784, 128, 10)

            def forward(p, x, key=None):
                return dense(jax.nn.relu(dense(x.reshape(batch, -1), p[0])), p[1])
        elif network == "tabular":
            parameters = layers(20, 512, 256, 128, 1)

            def forward(p, x, key=None):
                h = x
                for i, each in enumerate(p[:-1]):
                    h = jax.nn.relu(dense(h, each))
                    if key is not None:  # dropout of a half
                        h = jnp.where(jax.random.bernoulli(jax.random.fold_in(key, i), 0.5, h.shape), h * 2, 0)
                return dense(h, p[-1])
        else:
            parameters = [(normal(3, 3, 1, 32), jnp.zeros(32)), (normal(3, 3, 32, 64), jnp.zeros(64)), (normal(3, 3, 64, 64), jnp.zeros(64)), *layers(576, 64, 10)]

            def forward(p, x, key=None):
                h = conv(pool(conv(pool(conv(x, p[0])), p[1])), p[2])
                return dense(jax.nn.relu(dense(h.reshape(batch, -1), p[3])), p[4])

        x = jax.random.uniform(next(keys), (batch, 20) if network == "tabular" else (batch, 28, 28, 1))
        if kind == "forward":
            return keep(jax.jit(forward), parameters, x)

        if network == "tabular":
            labels = jax.random.bernoulli(next(keys), 0.5, (batch, 1)).astype(jnp.float32)

            def loss(p, x, labels, key):
                z = forward(p, x, key).astype(jnp.float32)
                return jnp.mean(jnp.maximum(z, 0) - z * labels + jnp.log1p(jnp.exp(-jnp.abs(z))))
        else:
            labels = jax.random.randint(next(keys), (batch,), 0, 10)

            def loss(p, x, labels, key):
                scores = jax.nn.log_softmax(forward(p, x).astype(jnp.float32))
                return -jnp.mean(jnp.take_along_axis(scores, labels[:, None], 1))

        dropout = jax.random.key(2)

        def step(state, x, labels):
            p, m, v, t = state
            value, gradient = jax.value_and_grad(loss)(p, x, labels, jax.random.fold_in(dropout, t))
            t = t + 1
            tree = jax.tree_util.tree_map
            m = tree(lambda m, g: 0.9 * m + 0.1 * g, m, gradient)
            v = tree(lambda v, g: 0.999 * v + 0.001 * g * g, v, gradient)
            p = tree(lambda p, m, v: p - 1e-8 * (m / (1 - 0.9 ** t)) / (jnp.sqrt(v / (1 - 0.999 ** t)) + 1e-8), p, m, v)
            return (p, m, v, t), value

        zeros = jax.tree_util.tree_map(jnp.zeros_like, parameters)
        compiled = jax.jit(step, donate_argnums=0)
        state = [(parameters, zeros, jax.tree_util.tree_map(jnp.copy, zeros), jnp.zeros((), jnp.int32))]

        def call():
            state[0], self.last = compiled(state[0], x, labels)

        return call


PEERS = {"pytorch": lambda device: Torch(False, device), "pytorch-compiled": lambda device: Torch(True, device), "jax": Jax}


def driver_version():
    """The CUDA version that the driver is for, as nvidia-smi says it."""
    try:
        said = subprocess.run(["nvidia-smi"], capture_output=True, text=True, check=True, timeout=60).stdout
        return said.split("CUDA Version:")[1].split()[0]
    except (OSError, subprocess.SubprocessError, IndexError):
        return None


def main():
    parser = argparse.ArgumentParser(description="Times PyTorch and JAX on the networks that NetGen is measured with.")
    parser.add_argument("--output", default="peers.json", help="where the JSON goes; - is the standard output (default: peers.json)")
    parser.add_argument("--list", action="store_true", help="name the workloads, and measure nothing")
    parser.add_argument("--quick", action="store_true", help="rough times")
    parser.add_argument("--only", nargs="+", default=[], help="workloads that begin with one of these: mlp, mlp/128, mlp/128/step/tf32")
    parser.add_argument("--peers", nargs="+", choices=sorted(PEERS), default=list(PEERS), help="default: all")
    parser.add_argument("--device", type=int, default=0, help="which GPU, from 0")
    arguments = parser.parse_args()
    wanted = workloads(arguments.only)
    if not wanted:
        named = "' or '".join(arguments.only)
        parser.error(f"--only: no workload begins with '{named}'")

    if arguments.list:
        print("\n".join("/".join(map(str, each)) for each in wanted))
        return 0

    # Both frameworks run in this process: neither may take all of the memory at once.
    os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")
    report = {
        "command": "python3 peers.py " + " ".join(sys.argv[1:]),
        "gpu": None,
        "date": datetime.datetime.now(datetime.timezone.utc).date().isoformat(),
        "versions": {},
        "rows": [],
        "missing": {},
    }
    for name in arguments.peers:
        try:
            peer = PEERS[name](arguments.device)
        except Exception as e:  # whatever keeps it from working is what the reader must know
            report["missing"][name] = f"{type(e).__name__}: {e}"
            continue
        report["versions"]["PyTorch" if name.startswith("pytorch") else "JAX"] = peer.version
        report["gpu"] = report["gpu"] or {"name": peer.gpu, "driver": driver_version() or peer.driver or "unknown"}
        for network, batch, kind, precision in wanted:
            workload = f"{network}/{batch}/{kind}/{precision}"
            try:
                seconds = measure(peer.prepare(network, batch, kind, precision), peer.synchronize, arguments.quick)
            except Exception as e:
                report["missing"][f"{name} {workload}"] = f"{type(e).__name__}: {e}".splitlines()[0]
                continue
            report["rows"].append({"workload": workload, "peer": name, "seconds": seconds})
            print(f"{name} {workload}: {seconds['median'] * 1e6:.2f} us", file=sys.stderr)
            if arguments.output != "-":
                write(report, arguments.output)  # so that what was measured is kept, whatever happens next

    if report["gpu"] is None:
        print("peers: " + "; ".join(f"{name}: {reason}" for name, reason in report["missing"].items()), file=sys.stderr)
        return 2
    write(report, arguments.output)
    return 0


def write(report, output):
    text = json.dumps(report, indent=2) + "\n"
    if output == "-":
        sys.stdout.write(text)
    else:
        with open(output, "w", encoding="utf-8") as file:
            file.write(text)


if __name__ == "__main__":
    sys.exit(main())
