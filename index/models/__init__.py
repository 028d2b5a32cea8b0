"""The models that Byline uses: their catalogue, their place on this machine, and how they are fetched."""
