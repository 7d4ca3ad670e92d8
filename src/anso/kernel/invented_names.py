"""Names of people and organisations that nobody bears, to stand among real ones.

Where reviewers are asked about a list of names, at least half must have nothing to do with the
call; these fill up where the directory knows too few others. Belongs here: the words. Not here: how
they are chosen, since whoever could repeat that would tell them from the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

# Given names and family names that are common together, by region; each pair makes a name.
_PEOPLE = (
    (
        "Abena Akua Chidi Emeka Fatou Kwabena Ngozi Oluwaseun Yaw Zanele",
        "Adeyemi Asante Balogun Diop Eze Mbeki Nkosi Ofori Owusu Sesay",
    ),
    (
        "Aisha Amira Bilal Farid Hanan Khalid Layla Nabil Rania Youssef",
        "Aziz Darwish Fahmi Haddad Khoury Mansour Nasser Qasim Saleh Tawfik",
    ),
    (
        "Ananya Arjun Deepak Farhana Imran Kavita Nimal Priya Rakesh Sunita",
        "Banerjee Chowdhury Fernando Gurung Iyer Khatun Malik Rao Shrestha Thapa",
    ),
    (
        "Fang Hao Jing Lei Min Na Qiang Tao Xin Yan",
        "Cao Deng Feng Gao Liang Peng Shen Tang Xie Yuan",
    ),
    (
        "Beatriz Camila Diego Fernanda Javier Lucía Mateo Rafael Sofía Tomás",
        "Aguilar Cardoso Fuentes Herrera Medina Navarro Pereira Rojas Salazar Vargas",
    ),
    (
        "Aigerim Alina Dmitri Elena Farhod Irina Nodir Oksana Timur Yelena",
        "Abdullaev Bondarenko Egorov Ismailov Kuznetsov Lebedev Morozov Orlov Rakhimov Sokolov",
    ),
)
# Institutions as they are called in many countries, and cities where one might be.
_KINDS = ("University of {}", "{} University", "{} Institute of Technology")
_FURTHER_KINDS = (
    "{} University of Agriculture",
    "{} Medical University",
    "{} Teachers College",
    "{} Polytechnic Institute",
    "Research Institute of {}",
    "National Laboratory of {}",
)
_PLACES = (
    "Abeokuta Agadir Arequipa Arusha Asyut Awassa Blantyre Bobo-Dioulasso Bukhara Cebu Chittagong"
    " Cochabamba Colombo Constantine Córdoba Cuenca Dhaka Dodoma Faisalabad Fes Gaborone Garoua"
    " Gondar Hue Ibadan Jaffna Jinja Kaduna Kandy Karaganda Kathmandu Khulna Kisumu Kumasi Lahore"
    " Manaus Maputo Medan Mendoza Mombasa Mwanza Mysore Ndola Osh Pokhara Puebla Recife Samarkand"
    " Sfax Surabaya Tamale Tashkent Thies Trujillo Tunis Ulaanbaatar Valparaíso Yangon Zaria"
    " Ziguinchor"
)


def invented_people() -> Iterator[list[str]]:
    """Hundreds of names of two words, and then thousands of three."""
    split = [(given.split(), family.split()) for given, family in _PEOPLE]
    yield [f"{one} {other}" for given, family in split for one, other in product(given, family)]
    yield [
        f"{one} {between} {other}"
        for given, family in split
        for one, between, other in product(given, given, family)
        if one != between
    ]


def invented_organisations() -> Iterator[list[str]]:
    """Some 180 institutions of three common kinds, then twice as many of others, then thousands
    that are called after two places.
    """
    places = _PLACES.split()
    for kinds in (_KINDS, _FURTHER_KINDS):
        yield [kind.format(place) for kind in kinds for place in places]
    yield [
        kind.format(f"{one} and {other}")
        for kind in _KINDS
        for one, other in product(places, places)
        if one != other
    ]
