#!/usr/bin/env python3
"""Writes pytorch-optimizers.csv: 20 steps of PyTorch's optimizers, schedules and clipping.

Made with Debian 12's python3-torch 1.13.1:  python3 pytorch-optimizers.py > pytorch-optimizers.csv

Four parameters in double precision start at 0.5, -1, 1.5 and -2. The gradient of step k (from 1) and
parameter i (from 0) is ((7k + 5i) mod 11 - 5) / 8 / 4^i: exact, and of different sizes.
"""
import torch
from torch.optim import SGD, Adagrad, Adam, AdamW, RMSprop
from torch.optim.lr_scheduler import ConstantLR, CosineAnnealingLR, LambdaLR, SequentialLR, StepLR

STEPS = 20


def run(name, make, clip=None, schedule=None, steps_an_update=1):
    theta = torch.tensor([0.5, -1.0, 1.5, -2.0], dtype=torch.float64, requires_grad=True)
    optimizer = make([theta])
    scheduler = schedule(optimizer) if schedule else None
    for k in range(1, STEPS + 1):
        theta.grad = torch.tensor(
            [((7 * k + 5 * i) % 11 - 5) / 8 / 4**i for i in range(4)], dtype=torch.float64
        )
        if clip:
            clip([theta])
        optimizer.step()
        if scheduler and k % steps_an_update == 0:
            scheduler.step()
        print(name, k, *(repr(x) for x in theta.tolist()), sep=",")


def norm(most):
    return lambda theta: torch.nn.utils.clip_grad_norm_(theta, most)


def value(most):
    return lambda theta: torch.nn.utils.clip_grad_value_(theta, most)


def sgd(theta):
    return SGD(theta, lr=0.1)


print("case", "step", "theta0", "theta1", "theta2", "theta3", sep=",")
run("adam", lambda p: Adam(p))
run("adamw", lambda p: AdamW(p))
run("adamw-strong", lambda p: AdamW(p, lr=0.05, betas=(0.8, 0.9), eps=1e-3, weight_decay=0.5))
run("sgd", sgd)
run("momentum", lambda p: SGD(p, lr=0.1, momentum=0.9))
run("nesterov", lambda p: SGD(p, lr=0.1, momentum=0.9, nesterov=True))
run("rmsprop", lambda p: RMSprop(p))
run("rmsprop-momentum", lambda p: RMSprop(p, lr=0.02, alpha=0.9, eps=1e-3, momentum=0.5))
run("adagrad", lambda p: Adagrad(p))
run("adagrad-large", lambda p: Adagrad(p, lr=0.5, eps=1e-3))
run("clip-norm", sgd, clip=norm(0.25))
run("clip-value", sgd, clip=value(0.125))
# Epochs of five steps: a factor of 0.5 every two epochs, and a cosine over three.
run("step", sgd, schedule=lambda o: StepLR(o, step_size=2, gamma=0.5), steps_an_update=5)
run(
    "cosine",
    lambda p: AdamW(p, lr=0.1, weight_decay=0.1),
    schedule=lambda o: SequentialLR(
        o,
        [CosineAnnealingLR(o, T_max=15, eta_min=0.025), ConstantLR(o, factor=0.25, total_iters=100)],
        milestones=[15],
    ),
)
run("warm-up", sgd, schedule=lambda o: LambdaLR(o, lambda k: min(1, (k + 1) / 8)))
