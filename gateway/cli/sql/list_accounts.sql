select id, bin, number, holder, coverage, keeps_unreferenced, collector, valid_from, valid_to from bank_account order by valid_from, id
