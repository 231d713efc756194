//! Tests of `site`.

use crate::{
    Refusal,
    addresses::TRIALS,
    interfaces::ITrials::siteOfCall,
    testing::{
        Who, World,
        trial::{STUDY, site},
    },
};

#[test]
fn site_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    let mut call = site(2, 99);
    call.status = 3;
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::StudyUnknown);
    let mut world = World::with_registration();
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::NotEnrolled);
    world.refuses(Who::Hospital, TRIALS, &call, Refusal::TrialRoleMissing);
    for status in [0, 3] {
        call.status = status;
        world.refuses(Who::Maker, TRIALS, &call, Refusal::UnknownSiteStatus);
    }
    call.status = 2;
    for number in [0, 2] {
        call.site = number;
        world.refuses(Who::Maker, TRIALS, &call, Refusal::NumberNotNext);
    }
    call.site = 1;
    for organisation in [0, 99] {
        call.organisation = organisation;
        world.refuses(Who::Maker, TRIALS, &call, Refusal::UnknownOrganisation);
    }
    call.organisation = 1;
    world.ok(Who::Maker, TRIALS, &call);
    call.organisation = 2;
    world.refuses(Who::Maker, TRIALS, &call, Refusal::SiteDiffers);
}

#[test]
fn a_site_is_closed_and_opened_again() {
    let mut world = World::with_study();
    let size = world.study().size;
    let mut call = site(2, 2);
    for status in [2, 1] {
        call.status = status;
        world.ok(Who::Maker, TRIALS, &call);
        let view = siteOfCall {
            study: *STUDY,
            site: 2,
        };
        let found = world.ok(Who::Stranger, TRIALS, &view);
        assert_eq!((found.organisation, found.status), (2, status));
    }
    let study = world.study();
    assert_eq!((study.sites, study.size), (2, size + 2));
}
