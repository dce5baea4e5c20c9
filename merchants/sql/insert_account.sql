insert into bank_account (id, collector, bin, number, holder, coverage, keeps_unreferenced)
values ($1, $2, $3, $4, $5, $6::text::account_coverage, $7)
