update test_clock set advance_us = advance_us + $1 returning advance_us
