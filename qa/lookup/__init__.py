"""Looking words up without any model: where a quotation comes from, and which passages hold given words."""
