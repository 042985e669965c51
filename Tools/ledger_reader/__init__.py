"""Reads the events of a TrainLedger from the published formats alone, sharing no code with the program."""
