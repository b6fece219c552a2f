"""HOLD and M/M/1 in SimPy: prints how many holds or customers it makes a processor second.

The delays are drawn beforehand, as they are for desync.
"""

import random
import sys
import time

import simpy


def hold(size, events, delays):
    env = simpy.Environment()
    left = [events]

    def process(first):
        at = first
        while left[0] > 0:
            left[0] -= 1
            yield env.timeout(delays[at & 4095])
            at += size

    for first in range(size):
        env.process(process(first))
    env.run()


def queue(_size, customers, delays):
    env = simpy.Environment()
    server = simpy.Resource(env, capacity=1)

    def customer(service):
        with server.request() as turn:
            yield turn
            yield env.timeout(service)

    def arrivals():
        for n in range(customers):
            yield env.timeout(1.25 * delays[n & 4095])
            env.process(customer(delays[(n * 7 + 3) & 4095]))

    env.process(arrivals())
    env.run()


def main():
    model, size, events = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    chance = random.Random(12345)
    delays = [chance.expovariate(1.0) for _ in range(4096)]
    began = time.process_time()
    {"hold": hold, "queue": queue}[model](size, events, delays)
    print(events / (time.process_time() - began))


main()
