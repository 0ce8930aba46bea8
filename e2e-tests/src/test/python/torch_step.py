#!/usr/bin/env python3
"""Processor time of one training step in PyTorch, one thread: what StepBenchmark is held against.

Prints "KIND WIDTH BATCH MICROSECONDS" per network: two hidden layers, 20 inputs, 2 classes, Adam; the least of
five rounds. Kinds as in StepBenchmark: plain, dropout, realmlp.
"""
import math, time, torch
from torch import nn

torch.set_num_threads(1)


class Periodic(nn.Module):
    """RealMLP's PBLD embedding: x, W2 cos(2 pi w1 x + b1) + b2 per column."""

    def __init__(self, columns):
        super().__init__()
        self.w1 = nn.Parameter(0.1 * torch.randn(columns, 1, 16))
        self.b1 = nn.Parameter(math.pi * (2 * torch.rand(columns, 1, 16) - 1))
        self.w2 = nn.Parameter(0.25 * (2 * torch.rand(columns, 16, 3) - 1))
        self.b2 = nn.Parameter(torch.zeros(columns, 1, 3))

    def forward(self, x):
        t = x.t().unsqueeze(-1)
        wave = torch.cos(2 * math.pi * t * self.w1 + self.b1)
        mixed = torch.cat([t, wave @ self.w2 + self.b2], dim=-1)
        return mixed.transpose(0, 1).flatten(1)


class Scale(nn.Module):
    def __init__(self, columns):
        super().__init__()
        self.s = nn.Parameter(torch.ones(columns))

    def forward(self, x):
        return x * self.s


class Blend(nn.Module):
    def __init__(self, units):
        super().__init__()
        self.a = nn.Parameter(torch.ones(units))

    def forward(self, x):
        return x + self.a * (nn.functional.mish(x) - x)


def network(kind, width):
    layers, inputs = [], 20
    if kind == "realmlp":
        layers += [Periodic(20), Scale(80)]
        inputs = 80
    for _ in range(2):
        layers.append(nn.Linear(inputs, width))
        layers.append(Blend(width) if kind == "realmlp" else nn.ReLU())
        if kind != "plain":
            layers.append(nn.Dropout(0.15))
        inputs = width
    return nn.Sequential(*layers, nn.Linear(inputs, 2))


for kind in ("plain", "dropout", "realmlp"):
    for width in (128, 512):
        for batch in (128, 512):
            net = network(kind, width)
            optimizer = torch.optim.Adam(net.parameters(), 1e-4)
            x, y, loss = torch.randn(batch, 20), torch.arange(batch) % 2, nn.CrossEntropyLoss()
            steps = max(20, 200_000_000 // (batch * width * width // 4))
            least = math.inf
            for _ in range(5):
                start = time.process_time()
                for _ in range(steps):
                    optimizer.zero_grad()
                    loss(net(x), y).backward()
                    optimizer.step()
                least = min(least, (time.process_time() - start) / steps)
            print(kind, width, batch, round(least * 1e6), flush=True)
