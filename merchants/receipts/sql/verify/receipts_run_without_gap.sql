-- Each series of a payee and year is 1, 2, 3, …, in the order of issuing; and its years are those its receipts were issued in.
with numbered as (
    select bucket, merchant, year, number, issued_at, row_number() over series as place, lag(issued_at) over series as before
    from receipt window series as (partition by bucket, merchant, year order by number)),
bad as (
    select bucket, merchant, year, number from numbered
    where number <> place or issued_at < before or year <> extract(year from issued_at at time zone 'Asia/Ho_Chi_Minh'))
select (select count(*) from numbered), (select count(*) from bad),
       array(select 'merchant ' || merchant || ' ' || year || ' number ' || number from bad limit 5)
