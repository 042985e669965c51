#!/usr/bin/env python3
"""Simulates a plan of shards for a ledger that no machine here can hold: who reads what, how long the slowest shard takes,
what the merge costs. Everything that is drawn is drawn from a seed, so that the output is the same everywhere.

The rates are parameters; docs/scale.md says where they were measured and what is assumed.
"""

import argparse
import heapq
import random

SEGMENT = 65_536
BUCKETS = 16_384

# Of one core; events, persons or bytes a second. Measured unless docs/scale.md says otherwise.
RATES = {"read": 7_000_000, "fold": 3_000_000, "decide": 6_000, "hash": 1_500_000_000, "leaf": 4_000_000,
         "rank": 400_000}
LEAF_BYTES, APPLICANT_BYTES, APPLICATIONS = 64, 45, 2.6
START_SECONDS = 1.5


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=10_000_000_000)
    parser.add_argument("--trainees", type=int, default=100_000_000)
    parser.add_argument("--years", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    for name, rate in RATES.items():
        parser.add_argument(f"--{name}-rate", type=int, default=rate)
    return parser.parse_args()


class Population:
    """Events by range of trainees, and where in the log they lie.

    Numbers are given in the order of registration, so that a range of trainees is a stretch of time. Registrations grow
    by 3 % a year and swing with the seasons; a trainee has most events in the first year, some come back for years.
    """

    def __init__(self, options):
        draw = random.Random(options.seed)
        self.ranges = BUCKETS
        # When the last trainee of each range was registered, as a share of the log.
        weights = [(1.03 ** (options.years * index / BUCKETS)) * (1 + 0.25 * ((index * options.years * 4 // BUCKETS) % 2))
                   for index in range(BUCKETS)]
        total = sum(weights)
        self.registered, sum_so_far = [], 0.0
        for weight in weights:
            sum_so_far += weight
            self.registered.append(sum_so_far / total)
        # A range holds thousands of trainees, but programmes and branches differ, and one range in 50 holds a mass event
        # such as the retraining of a closed industry.
        per_range = options.events / BUCKETS
        self.events = [per_range * draw.lognormvariate(0, 0.25) * (4 if draw.random() < 0.02 else 1)
                       for _ in range(BUCKETS)]
        scale = options.events / sum(self.events)
        self.events = [events * scale for events in self.events]

    def bounds(self, shards):
        """As TraineeBuckets divides: equal shares of the events, cut between ranges."""
        total, bounds, before, bucket = sum(self.events), [0], 0.0, 0
        for part in range(1, shards):
            while bucket < self.ranges and before < total * part / shards:
                before += self.events[bucket]
                bucket += 1
            bounds.append(bucket)
        return bounds + [self.ranges]


def shard_seconds(options, population, lower, upper, is_sorted=False):
    """What a shard takes on one core, and how many events it reads. Among thousands of trainees somebody always comes back:
    all segments from the first registration on are read, unless the events were sorted by shard before."""
    if lower == upper:
        return START_SECONDS, 0
    first = population.registered[lower - 1] if lower else 0.0
    own = sum(population.events[lower:upper])
    read = own if is_sorted else options.events * (1 - first)
    persons = options.trainees * (upper - lower) / population.ranges
    seconds = (START_SECONDS + read / options.read_rate + read * 7 / options.hash_rate + own / options.fold_rate
               + persons / options.decide_rate)
    return seconds, read


def schedule(tasks, workers, draw, slow, failing):
    """When the last of the tasks ends, handed out in order to whichever worker is free. A slow machine takes three times as
    long; a task that fails is lost half-way and done again; once no task is left, Spark starts copies of the slowest."""
    speeds = [3.0 if draw.random() < slow else 1.0 for _ in range(workers)]
    free = [(0.0, worker) for worker in range(workers)]
    heapq.heapify(free)
    queue, ends, spent = list(tasks), [], 0.0
    while queue:
        now, worker = heapq.heappop(free)
        seconds = queue.pop(0) * speeds[worker]
        if draw.random() < failing:
            queue.append(seconds / speeds[worker])
            seconds /= 2
        else:
            ends.append((now + seconds, now, seconds / speeds[worker]))
        spent += seconds
        heapq.heappush(free, (now + seconds, worker))
    # A copy on a machine of usual speed begins when one is free and the task has run half as long again as most.
    idle = sorted(time for time, worker in free if speeds[worker] == 1.0)
    last = 0.0
    for number, (end, began, usual) in enumerate(sorted(ends, reverse=True)):
        copy = max(idle[number], began + 1.5 * usual) + usual if number < len(idle) else end
        last = max(last, min(end, copy))
    return last, spent


def merge_seconds(options):
    """One process: reads and checks every result, hashes two trees, ranks the applicants of every class."""
    size = options.trainees * (LEAF_BYTES + APPLICATIONS * APPLICANT_BYTES)
    return (size, size / options.hash_rate + 2 * options.trainees / options.leaf_rate
            + options.trainees * APPLICATIONS / options.rank_rate)


def sorting_tasks(options):
    """Reading every segment once, 64 at a time, and writing its facts sorted by shard: what does not exist yet."""
    segments = -(-options.events // SEGMENT)
    seconds = START_SECONDS + 64 * SEGMENT * (2 / options.read_rate + 7 / options.hash_rate)
    return [seconds] * (-(-segments // 64))


def table(options, population, is_sorted):
    print()
    print("| shards | events of a shard: mean, most | read by all shards | one shard: median, slowest |"
          " 64 cores | 1 in 20 slow, 1 in 50 fails | core hours |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for shards in (1, 16, 64, 256, 1_024, 4_096):
        bounds = population.bounds(shards)
        found = [shard_seconds(options, population, *pair, is_sorted) for pair in zip(bounds, bounds[1:])]
        tasks = [seconds for seconds, _ in found]
        own = [sum(population.events[lower:upper]) for lower, upper in zip(bounds, bounds[1:])]
        read = sum(events for _, events in found) / options.events
        quiet, spent, rough = 0.0, 0.0, 0.0
        for stage in ([sorting_tasks(options)] if is_sorted else []) + [tasks]:
            ends, used = schedule(stage, 64, random.Random(options.seed), 0, 0)
            quiet, spent = quiet + ends, spent + used
            rough += schedule(stage, 64, random.Random(options.seed), 0.05, 0.02)[0]
        ordered = sorted(tasks)
        print(f"| {shards:,} | {options.events / shards / 1e6:,.0f} M, {max(own) / 1e6:,.0f} M | {read:,.1f} × the log | "
              f"{minutes(ordered[len(ordered) // 2])}, {minutes(ordered[-1])} | {minutes(quiet)} | {minutes(rough)} | "
              f"{spent / 3_600:,.1f} |")


def main():
    options = arguments()
    population = Population(options)
    print(f"{options.events:,} events, {options.trainees:,} trainees, {-(-options.events // SEGMENT):,} segments, "
          f"seed {options.seed}")
    table(options, population, False)
    print()
    print("After a first pass that sorts the facts by shard:")
    table(options, population, True)
    size, seconds = merge_seconds(options)
    print()
    print(f"Merge: {size / 1e9:,.1f} GB of results, {minutes(seconds)} on one core.")


def minutes(seconds):
    return f"{seconds:,.0f} s" if seconds < 120 else f"{seconds / 60:,.1f} min"


if __name__ == "__main__":
    main()
