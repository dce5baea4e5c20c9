select nextval(('reference_number_' || $1::smallint)::regclass)
