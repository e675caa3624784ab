-- How many files a report that is still being sent has: the next one's position, taken by the same statement that finds the report open, so
-- that attaching needs no transaction of several steps. Of a report that is finished or gone it says nothing.
alter table tip add column files integer not null default 0;
update tip set files = (select count(*) from tip_file where tip_file.tip_number = tip.number) where state = 'open';
