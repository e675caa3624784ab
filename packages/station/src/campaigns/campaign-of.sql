-- The campaign of a file of a report (the caller says which report), of several the one that most hold. Served by the primary keys of
-- sighting, campaign_item and campaign.
select json_build_object('id', campaign.id, 'holders', campaign.holders)
from sighting
join campaign_item on campaign_item.item = any(array['exact-' || sighting.exact, 'perceptual-' || sighting.perceptual])
join campaign on campaign.id = campaign_item.campaign
where sighting.report_id = /*report*/
order by campaign.holders desc, campaign.id limit 1
