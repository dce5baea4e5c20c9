select v.version, c.advance_us from directory_version v, test_clock c
