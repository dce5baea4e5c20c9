select id, collector, bin, number, holder, coverage = 'complete', keeps_unreferenced, static_stall, valid_to is null
from bank_account
order by valid_from, id
