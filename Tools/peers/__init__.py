"""TrainLedger beside what people would use instead: the same events, the same questions, equal answers."""
