with lines as (
    update statement_line set content = null, reference = null, other_name = null, other_account = null where bucket = $1 and payment = $2)
update bank_text set content = null, headers = null, raw = null, person = null, erased_at = $3
where bucket = $1 and payment = $2 and erased_at is null
