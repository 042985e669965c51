"""An independent reference model of part of TrainLedger (see README.md)."""
