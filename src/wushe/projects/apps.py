from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "wushe.projects"
    label = "projects"
