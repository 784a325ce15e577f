"""What two French texts say about cadres, tested on published figures: raw, clean, model, results, ledger."""
