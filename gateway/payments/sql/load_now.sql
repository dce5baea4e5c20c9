select clock_timestamp() + advance_us * interval '1 microsecond' from test_clock
