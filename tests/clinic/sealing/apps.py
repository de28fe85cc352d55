from django.apps import AppConfig


class SealingConfig(AppConfig):
    name = "tests.clinic.sealing"
    label = "sealing"
