"""How threads that compute together wait for one another; imported before torch and llama.cpp are loaded.

They spin for a moment, then sleep. Where they spin for long and another process needs a core, they keep it from the
thread that is waited for, and a tenth of the speed is left. Where they hardly spin, which libgomp does as soon as more
threads have computed than there are cores (those that embed, that which writes), each of the thousand waits of a token
may end in sleep: writing took 383 instead of 297 ms. libgomp reads this once, when it is loaded:
https://gcc.gnu.org/onlinedocs/libgomp/GOMP_005fSPINCOUNT.html
"""

from __future__ import annotations

import os

os.environ.setdefault("GOMP_SPINCOUNT", "1000")
os.environ.setdefault("OMP_WAIT_POLICY", "active")
"""With it, 1000 also where there are more threads than cores, instead of 100."""
