select id, collector, bin, number, holder, coverage = 'complete', keeps_unreferenced, static_stall, valid_to is null, valid_from
from bank_account
