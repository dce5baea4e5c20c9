select to_char(day, 'YYYY-MM-DD'), works, name, basis from calendar_day
